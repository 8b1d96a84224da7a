import { Avatar } from '../../ui/avatar.tsx';
import styles from './mention-list.module.css';
import { readiness } from './use-assignee-items.tsx';
import type { Mention } from './use-mention.ts';

/** The agents that can be mentioned, above the box the comment is written in. */
export function MentionList({ listId, choices, active, pick }: Mention) {
  return (
    <div id={listId} role="listbox" aria-label="Agents" className={styles.list}>
      {choices.map((agent, index) => (
        <button
          key={agent.profile}
          id={`${listId}-${index}`}
          type="button"
          role="option"
          aria-label={`@${agent.profile}, ${readiness(agent) ?? agent.name}`}
          aria-selected={index === active}
          tabIndex={-1}
          className={styles.choice}
          // The box keeps its caret.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => pick(agent.profile)}
        >
          <Avatar name={agent.profile} agentInitials={agent.initials} size={18} />
          <span>@{agent.profile}</span>
          <small>{readiness(agent) ?? agent.name}</small>
        </button>
      ))}
    </div>
  );
}
