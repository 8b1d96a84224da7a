import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Wheel } from '../shell/wheel.tsx';
import styles from './sign-in.module.css';
import { signIn } from './sign-in-form.tsx';
import { SignInNeeded } from './sign-in-needed.tsx';

/** Tickets this page has spent: one ticket is one request, however often the page is drawn. */
const spent = new Map<string, Promise<string | null>>();

function spend(ticket: string): Promise<string | null> {
  const before = spent.get(ticket);
  if (before) return before;
  const outcome = signIn({ ticket });
  spent.set(ticket, outcome);
  return outcome;
}

export function SignInPage() {
  const { ticket } = useSearch({ strict: false }) as { readonly ticket?: string };
  const [problem, setProblem] = useState<string | null>(null);
  const navigate = useNavigate();
  useEffect(() => {
    if (!ticket) return;
    let isHere = true;
    void spend(ticket).then((wrong) => {
      if (!isHere) return;
      if (wrong) setProblem(wrong);
      else void navigate({ to: '/', replace: true });
    });
    return () => {
      isHere = false;
    };
  }, [ticket, navigate]);
  if (!ticket || problem) return <SignInNeeded problem={problem} />;
  return (
    <main className={styles.page}>
      <div className={styles.opening} role="status">
        <Wheel size={30} />
        Signing you in
      </div>
    </main>
  );
}
