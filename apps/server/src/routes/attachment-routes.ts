import { ok } from '@quarterdeck/contract/result';
import {
  type AttachmentFiles,
  addAttachment,
  openAttachment,
  removeAttachment,
} from '@quarterdeck/core/board';
import type { Handlers } from '../http/handlers.ts';
import type { UseCaseDeps } from '../use-case-deps.ts';

type AttachmentRoutes = Pick<Handlers, 'attachment.add' | 'attachment.get' | 'attachment.remove'>;

/** Routes of the files of tasks. */
export function attachmentRoutes(
  deps: UseCaseDeps & { readonly attachmentFiles: AttachmentFiles },
): AttachmentRoutes {
  const filing = { ...deps, files: deps.attachmentFiles };
  return {
    'attachment.add': async ({ params, query, body }, { principal }) => {
      const { taskId } = params;
      const added = await addAttachment(filing, { taskId, name: query.name, content: body, principal });
      return added.ok ? ok({ attachment: added.value }) : added;
    },
    'attachment.get': ({ params, query }, { principal }) =>
      openAttachment(filing, { ...params, wantsInline: query.inline, principal }),
    'attachment.remove': async ({ params }, { principal }) => {
      const removed = await removeAttachment(filing, { ...params, principal });
      return removed.ok ? ok({ ok: true as const }) : removed;
    },
  };
}
