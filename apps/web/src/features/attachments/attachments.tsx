import type { Attachment } from '@quarterdeck/contract/attachment';
import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useShallow } from 'zustand/shallow';
import { Button } from '../../ui/button.tsx';
import { AttachmentItem } from './attachment-item.tsx';
import styles from './attachments.module.css';
import { UploadItem } from './upload-item.tsx';
import { attachFiles, useUploads } from './uploads.ts';

interface AttachmentsProps {
  readonly taskId: string;
  readonly attachments: readonly Attachment[];
}

/** The files of a task, those on their way, and a way to add some. */
export function Attachments({ taskId, attachments }: AttachmentsProps) {
  const uploads = useUploads(useShallow((state) => state.uploads.filter((it) => it.taskId === taskId)));
  const picker = useRef<HTMLInputElement>(null);
  const isEmpty = attachments.length === 0 && uploads.length === 0;
  return (
    <section aria-label="Attachments" className={styles.attachments}>
      <div className={styles.head}>
        <h2>Attachments{attachments.length > 0 && <em>{attachments.length}</em>}</h2>
        <Button size="small" onClick={() => picker.current?.click()}>
          <Paperclip aria-hidden="true" />
          Attach files
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Files to attach"
          onChange={({ target }) => {
            void attachFiles(taskId, [...(target.files ?? [])]);
            target.value = '';
          }}
        />
      </div>
      {isEmpty && (
        <p className={styles.empty}>
          Drop files here or paste a picture. The agent finds them in its workspace. At most 25 MiB each.
        </p>
      )}
      <ul className={styles.list}>
        {attachments.map((attachment) => (
          <AttachmentItem key={attachment.id} attachment={attachment} />
        ))}
        {uploads.map((upload) => (
          <UploadItem key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  );
}
