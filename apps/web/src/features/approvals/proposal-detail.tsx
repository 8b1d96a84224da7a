import type { Proposal } from '@quarterdeck/contract/proposal';
import { FileDiff } from '../sessions/file-diff.tsx';
import { readableInput } from '../sessions/tool-call.tsx';
import styles from './proposal-detail.module.css';

/** Exactly what an agent wants to do: its command, its change, or its arguments. */
export function ProposalDetail({ proposal }: { readonly proposal: Proposal }) {
  const { command, changes, paths, mcpTool, input } = proposal.detail;
  const unchanged = paths.filter((path) => !changes.some((change) => change.path === path));
  const isBare = !command && changes.length === 0 && !mcpTool;
  const argumentsText = isBare || mcpTool ? readableInput(input) : null;
  return (
    <div className={styles.detail}>
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
      {argumentsText && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by key
        <pre className={styles.command} tabIndex={0}>
          {argumentsText}
        </pre>
      )}
    </div>
  );
}
