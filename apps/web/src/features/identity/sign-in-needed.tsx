import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Wheel } from '../shell/wheel.tsx';
import { CopyLine } from './copy-line.tsx';
import styles from './sign-in.module.css';
import { TokenForm } from './sign-in-form.tsx';

/** What to do without a ticket. */
export function SignInNeeded({ problem = null }: { readonly problem?: string | null }) {
  const [hasToken, setHasToken] = useState(false);
  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <div className={styles.brand}>
          <Wheel size={26} />
          Quarterdeck
        </div>
        <div>
          <h1 className={styles.title}>Sign in</h1>
          <p className={styles.text}>
            {problem ?? 'Quarterdeck knows you by a link that works once. There is no password.'}
          </p>
        </div>
        <ol className={styles.steps}>
          <li>
            On the machine that runs Quarterdeck, type
            <CopyLine text="quarterdeck sign-in" />
          </li>
          <li>Open the link it prints in this browser.</li>
        </ol>
        {hasToken ? (
          <TokenForm />
        ) : (
          <Button className={styles.other} onClick={() => setHasToken(true)}>
            <KeyRound aria-hidden="true" />I have a token
          </Button>
        )}
      </div>
    </main>
  );
}
