import type { Proposal } from '@quarterdeck/contract/proposal';
import { Markdown } from '../../ui/markdown.tsx';
import { FileDiff } from '../sessions/file-diff.tsx';
import { readableInput } from '../sessions/tool-call.tsx';
import styles from './proposal-detail.module.css';

/** Exactly what an agent wants to do: its command, its change, or its arguments. */
export function ProposalDetail({ proposal }: { readonly proposal: Proposal }) {
  const { command, changes, paths, mcpTool, input, text, toolKind } = proposal.detail;
  const elsewhere = placesElsewhere(proposal);
  const unchanged = paths.filter((path) => !changes.some((change) => change.path === path));
  const isBare = !command && changes.length === 0 && !mcpTool && !text;
  const argumentsText = isBare || mcpTool ? readableInput(input) : null;
  return (
    <div className={styles.detail}>
      {text && (
        <section
          className={styles.text}
          aria-label={toolKind === 'switch_mode' ? 'The plan' : 'What the agent says'}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
          tabIndex={0}
        >
          <Markdown text={text} />
        </section>
      )}
      {command && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <pre className={styles.command} tabIndex={0}>
          {command}
        </pre>
      )}
      {mcpTool && <div className={styles.line}>Tool {mcpTool}</div>}
      {changes.map((change) => (
        <div key={change.path} className={styles.change}>
          <FileDiff change={change} />
        </div>
      ))}
      {unchanged.length > 0 && (
        <ul className={styles.paths}>
          {unchanged.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      )}
      {elsewhere.length > 0 && (
        <div className={styles.elsewhere}>
          <p>Leads out of the workspace:</p>
          <ul className={styles.paths}>
            {elsewhere.map((path) => (
              <li key={path}>{path}</li>
            ))}
          </ul>
        </div>
      )}
      {argumentsText && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <pre className={styles.command} tabIndex={0}>
          {argumentsText}
        </pre>
      )}
    </div>
  );
}

/** Where the request leads to outside of the workspace, once. Of a command that is judged by its words, so not here. */
function placesElsewhere({ detail: { places, command } }: Proposal): readonly string[] {
  if (command !== null && places === null) return [];
  return [...new Set((places ?? []).flatMap(({ path, inside }) => (inside === null ? [path] : [])))];
}
