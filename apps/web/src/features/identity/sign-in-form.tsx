import type { RouteCall } from '@quarterdeck/contract/routes';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../../connection/client.ts';
import { startLive } from '../../connection/start-live.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { sentence } from '../../ui/refusal-toast.ts';
import styles from './sign-in.module.css';

/** Turns a ticket or a token into a session. Resolves to what went wrong, or null. */
export async function signIn(proof: RouteCall<'identity.signIn'>['body']): Promise<string | null> {
  const reply = await client.call('identity.signIn', { body: proof });
  if (!reply.ok) return sentence(reply.refusal.message);
  await startLive();
  return null;
}

/** Signing in by hand with a token. */
export function TokenForm() {
  const [token, setToken] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const navigate = useNavigate();
  const submit = async () => {
    setBusy(true);
    const wrong = await signIn({ token: token.trim() });
    setBusy(false);
    setError(wrong);
    if (!wrong) void navigate({ to: '/' });
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Field label="Token" error={error} hint="Stays in this browser's session cookie only.">
        {(id, describedBy) => (
          <input
            id={id}
            aria-describedby={describedBy}
            type="password"
            autoComplete="current-password"
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" disabled={token.trim() === '' || isBusy}>
        Sign in
      </Button>
    </form>
  );
}
