import { CircleAlert, Loader, RotateCcw, X } from 'lucide-react';
import { bytesText } from '../../ui/amount-text.ts';
import { IconButton } from '../../ui/button.tsx';
import styles from './attachments.module.css';
import { dismissUpload, retryUpload, type Upload } from './uploads.ts';

/** A file on its way, or why it did not get there. */
export function UploadItem({ upload }: { readonly upload: Upload }) {
  const { id, file, part, failure, canRetry } = upload;
  const percent = Math.round(part * 100);
  return (
    <li className={styles.item} data-failed={failure !== null}>
      <span className={styles.sign} aria-hidden="true">
        {failure === null ? <Loader /> : <CircleAlert />}
      </span>
      <span className={styles.names}>
        <b>{file.name}</b>
        {failure === null ? (
          <progress max={100} value={percent} aria-label={`${file.name} is sent`} />
        ) : (
          <small role="alert">Not attached. {failure}</small>
        )}
      </span>
      {failure === null ? (
        <small>
          {percent} % of {bytesText(file.size)}
        </small>
      ) : (
        canRetry && (
          <IconButton label={`Try again to attach ${file.name}`} onClick={() => void retryUpload(upload)}>
            <RotateCcw />
          </IconButton>
        )
      )}
      <IconButton
        label={failure === null ? `Stop sending ${file.name}` : `Dismiss ${file.name}`}
        onClick={() => dismissUpload(id)}
      >
        <X />
      </IconButton>
    </li>
  );
}
