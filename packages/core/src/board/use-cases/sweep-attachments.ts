import type { AttachmentDeps } from './add-attachment.ts';

/** Deletes files that no attachment has: a crash between file and row, or between row and file, left them. Returns how many. */
export async function sweepAttachments(deps: Pick<AttachmentDeps, 'db' | 'files'>): Promise<number> {
  const names = await deps.files.listOld();
  const known = await deps.db.read((ports) => ports.attachments.known(names));
  const orphans = names.filter((name) => !known.has(name));
  for (const name of orphans) await deps.files.removeFile(name);
  return orphans.length;
}
