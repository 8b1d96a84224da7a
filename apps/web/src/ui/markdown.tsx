import { lazy, Suspense } from 'react';
import styles from './markdown.module.css';

const Rendered = lazy(async () => ({ default: (await import('./markdown-rendered.tsx')).MarkdownRendered }));

/** Text written in Markdown, made safe; the plain text until the renderer is here. */
export function Markdown({ text }: { readonly text: string }) {
  return (
    <div className={styles.prose}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        <Rendered text={text} />
      </Suspense>
    </div>
  );
}
