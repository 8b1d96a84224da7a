import styles from './avatar.module.css';
import { initialsOf } from './initials.ts';

interface AvatarProps {
  readonly name: string;
  /** An agent's two letters; without them the name's own, and the round shape of a person. */
  readonly agentInitials?: string | null;
  readonly size?: number;
}

/** Square for an agent, round for a person. */
export function Avatar({ name, agentInitials = null, size = 20 }: AvatarProps) {
  const shape = agentInitials === null ? styles.person : styles.agent;
  return (
    <span
      className={shape}
      title={name}
      role="img"
      aria-label={name}
      // Drawn by the style: initials are a picture of the name, not part of the label of what they stand in.
      data-initials={agentInitials ?? initialsOf(name)}
      style={{ '--size': `${size}px`, '--hue': hueOf(name) } as React.CSSProperties}
    />
  );
}

function hueOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) % 360;
  return hash;
}
