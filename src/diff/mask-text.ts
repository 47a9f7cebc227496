/** The end of a name that tells of a credential. Lookbehinds are bounded, so that long texts take no longer for it. */
const telling = String.raw`(?:pass|pwd|secret|token|credential|key|auth)[\w.-]{0,64}`;
const quoted = String.raw`"(?:[^"\\]|\\[^])*"|'[^']*'|\\+(["'])[^]*?\\+`;
const word = String.raw`["']?[^\s'"]+`;

/** Places in a text where a credential stands: what comes before it, and how far it reaches. */
const places: readonly string[] = [
  // DB_PASSWORD=x, password = "x"
  String.raw`(?<=${telling}\\*["']?[ \t]{0,8}(?<![=!<>])=[ \t]{0,8})(?!=)(?:${quoted}\1|${word})`,
  // Authorization: Bearer x; without quotes a space must follow, since an image has its tag after a colon.
  String.raw`(?<=${telling}(?:[ \t]{0,8}:[ \t]{1,8}|\\*["'][ \t]{0,8}:[ \t]{0,8}))(?:${quoted}\2|[^\s{[][^\n]*)`,
  // --password x
  String.raw`(?<=(?:^|\s)--?[\w.-]{0,64}${telling}[ \t]{1,8})(?!-)(?:${quoted}\3|${word})`,
  String.raw`(?<=\bbearer[ \t]{1,8})${word}`,
  // https://user:x@host, where x is no port; https://x@host
  String.raw`(?<=\w:\/\/[^\s/:@]{0,64}:)(?!\d+(?:[/?#\s]|$))\S{1,500}(?=@)`,
  String.raw`(?<=\bhttps?:\/\/)[^\s/:@]{1,500}(?=@)`,
  // user:x@tcp(host)/database
  String.raw`(?<=[\w.-]:)[^\s@]{1,500}(?=@(?:tcp6?|unix)\()`,
  String.raw`(?<=-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----)[^]+?(?=-----END|$)`,
];
const credential = new RegExp(places.join('|'), 'gi');

/**
 * Replaces what looks like a credential inside other text, in the order of their places.
 *
 * @param other the text of the other side; each credential is told to be the same or changed by what that has in its place
 */
export function maskText(
  text: string,
  other: unknown,
  { same, changed }: { readonly same: string; readonly changed: string },
): string {
  const others = typeof other === 'string' ? (other.match(credential) ?? []) : [];
  let index = 0;
  return text.replace(credential, (found) => (others[index++] === found ? same : changed));
}

/** Whether an argument is an option whose value, which may be a credential, is the next argument. */
export function announcesCredential(argument: unknown): boolean {
  return typeof argument === 'string' && new RegExp(`^--?[\\w.-]*${telling}$`, 'i').test(argument);
}
