/** Where snapshots live, relative to the root. */
export const snapshotFolder = 'revisions';

/** Where placement records live, relative to the root. */
export const placementFolder = 'placements';

/** Whether a path is in a folder that appdeploy keeps its own records in. */
export function isRecordPath(path: string): boolean {
  return path.startsWith(`${snapshotFolder}/`) || path.startsWith(`${placementFolder}/`);
}
