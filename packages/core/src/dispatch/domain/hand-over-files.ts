import type { Attachment } from '@quarterdeck/contract/attachment';
import type { RunOrder } from '@quarterdeck/contract/runner-protocol';

/** Where the runner lays the files of a task, in the workspace. */
const FOLDER = '.quarterdeck/attachments';

/** The order with the files of its task, which its prompts name by their paths in the workspace. */
export function handOverFiles(order: RunOrder, files: readonly Attachment[]): RunOrder {
  if (files.length === 0) return order;
  const lines = files.map(
    ({ name, mediaType, size, createdBy }) =>
      `- ${FOLDER}/${name} (${mediaType}, ${size} bytes, from ${createdBy})`,
  );
  const told = (prompt: string) =>
    `${prompt}\n\n# Attached files\nThey lie in the current directory and are not part of your changes:\n${lines.join('\n')}`;
  const { resume } = order;
  return {
    ...order,
    prompt: told(order.prompt),
    resume: resume && { ...resume, prompt: told(resume.prompt) },
    attachments: files.map(({ id, name, size, sha256 }) => ({ id, name, size, sha256 })),
  };
}
