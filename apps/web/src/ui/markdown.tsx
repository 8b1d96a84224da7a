import { lazy, Suspense } from 'react';
import styles from './markdown.module.css';

const Rendered = lazy(async () => ({ default: (await import('./markdown-rendered.tsx')).MarkdownRendered }));

interface MarkdownProps {
  readonly text: string;
  /** Profiles that an `@` may mention; left out, none is marked. */
  readonly mentions?: ReadonlySet<string> | undefined;
}

/** Text written in Markdown, made safe; the plain text until the renderer is here. */
export function Markdown({ text, mentions }: MarkdownProps) {
  return (
    <div className={styles.prose}>
      <Suspense fallback={<p className={styles.plain}>{text}</p>}>
        <Rendered text={text} mentions={mentions} />
      </Suspense>
    </div>
  );
}
