import { memo } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { markMentions } from './mark-mentions.ts';

/** Links leave the page and do not tell where from; images would let a text call home, so their words stand in. */
const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener nofollow">
      {children}
    </a>
  ),
  img: ({ alt, src }) => <span>[image: {alt || String(src ?? '')}]</span>,
  // A box that cannot be ticked here is a picture of one.
  input: ({ checked }) => (
    <span role="img" aria-label={checked ? 'done' : 'open'} data-box={checked ? 'done' : 'open'} />
  ),
  // Headings of a text are below those of the page.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
};

interface MarkdownProps {
  readonly text: string;
  /** Profiles that an `@` may mention. */
  readonly mentions?: ReadonlySet<string> | undefined;
}

export const MarkdownRendered = memo(function MarkdownRendered({ text, mentions }: MarkdownProps) {
  const plugins = mentions ? [rehypeSanitize, markMentions((name) => mentions.has(name))] : [rehypeSanitize];
  return (
    <ReactMarkdown remarkPlugins={[remarkGfm]} rehypePlugins={plugins} components={COMPONENTS}>
      {text}
    </ReactMarkdown>
  );
});
