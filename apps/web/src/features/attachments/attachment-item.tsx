import type { Attachment } from '@quarterdeck/contract/attachment';
import { Download, FileIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { bytesText } from '../../ui/amount-text.ts';
import buttonStyles from '../../ui/button.module.css';
import { Button, IconButton } from '../../ui/button.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import { momentText } from '../../ui/time-text.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './attachments.module.css';

/** Larger pictures are not loaded only to be drawn small. */
const THUMBNAIL_LIMIT_BYTES = 8 * 1024 * 1024;
const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** A file: its picture or a sign, its name, who attached it, and what can be done with it. */
export function AttachmentItem({ attachment }: { readonly attachment: Attachment }) {
  const { name, size, mediaType, createdBy, createdAt } = attachment;
  const now = useNow(60_000);
  const address = `/api/attachments/${attachment.id}`;
  const isPicture = PICTURES.has(mediaType);
  const canShow = isPicture || mediaType === 'text/plain';
  const [isAsking, setAsking] = useState(false);
  return (
    <li className={styles.item}>
      <span className={styles.sign} aria-hidden="true">
        {isPicture && size <= THUMBNAIL_LIMIT_BYTES ? (
          <img src={`${address}?inline=true`} alt="" loading="lazy" decoding="async" />
        ) : (
          <FileIcon />
        )}
      </span>
      <span className={styles.names}>
        {canShow ? (
          <a href={`${address}?inline=true`} target="_blank" rel="noreferrer">
            {name}
          </a>
        ) : (
          <a href={address} download={name}>
            {name}
          </a>
        )}
        <small>
          {bytesText(size)}, {createdBy}, {momentText(createdAt, now)}
        </small>
      </span>
      {isAsking ? (
        <RemoveQuestion attachment={attachment} close={() => setAsking(false)} />
      ) : (
        <>
          <a
            className={buttonStyles.icon}
            href={address}
            download={name}
            aria-label={`Download ${name}`}
            title="Download"
          >
            <Download />
          </a>
          <IconButton label={`Remove ${name}`} onClick={() => setAsking(true)}>
            <Trash2 />
          </IconButton>
        </>
      )}
    </li>
  );
}

interface QuestionProps {
  readonly attachment: Attachment;
  readonly close: () => void;
}

function RemoveQuestion({ attachment, close }: QuestionProps) {
  const { id: attachmentId, name } = attachment;
  const [isRemoving, setRemoving] = useState(false);
  const remove = async () => {
    setRemoving(true);
    const removed = await client.call('attachment.remove', { params: { attachmentId } });
    // What was removed goes with its event; one that was gone already has none.
    if (removed.ok) return;
    toastRefusal(`${name} was not removed`, removed.refusal);
    close();
  };
  return (
    <span className={styles.question}>
      <Button size="small" look="danger" autoFocus disabled={isRemoving} onClick={() => void remove()}>
        Remove for good
      </Button>
      <Button
        size="small"
        look="quiet"
        onClick={close}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          close();
        }}
      >
        Keep
      </Button>
    </span>
  );
}
