import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { EmptyState } from '../../ui/empty-state.tsx';
import linkStyles from '../../ui/link-button.module.css';

export function NotFound() {
  return (
    <EmptyState
      icon={<Compass />}
      title="There is no such page"
      action={
        <Link to="/" className={linkStyles.primary}>
          To the board
        </Link>
      }
    >
      The address may be mistyped or from another version of Quarterdeck.
    </EmptyState>
  );
}
