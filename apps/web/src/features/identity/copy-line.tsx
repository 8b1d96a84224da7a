import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import styles from './sign-in.module.css';

/** A command to copy. */
export function CopyLine({ text }: { readonly text: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = () => navigator.clipboard?.writeText(text).then(() => setCopied(true));
  return (
    <span className={styles.command}>
      <code>{text}</code>
      <button type="button" aria-label={isCopied ? 'Copied' : `Copy ${text}`} onClick={copy}>
        {isCopied ? <Check /> : <Copy />}
      </button>
    </span>
  );
}
