export const versions: Readonly<Record<'kubernetes' | 'argocd', string>>;
export const programs: Readonly<
  Record<string, { readonly module: string; readonly from: string; readonly set: Readonly<Record<string, string>> }>
>;
export function goVersion(): string;
export function programPath(name: string): string;
