export const toolsFolder: string;
export const kubernetesVersion: string;
export const programs: Readonly<
  Record<string, { readonly from: string; readonly set: Readonly<Record<string, string>> }>
>;
export function goVersion(): string;
export function programFolder(): string;
