import { useNavigate } from '@tanstack/react-router';
import { Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { client } from '../../connection/client.ts';
import { useLive } from '../../connection/live-store.ts';
import { stopLive } from '../../connection/start-live.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toastRefusal } from '../../ui/refusal-toast.ts';
import styles from './people-menu.module.css';
import { useShellUi } from './shell-ui.ts';
import { chooseTheme, useTheme } from './theme.ts';

/** Who is signed in, and what belongs to them: theme, keys, leaving. */
export function PeopleMenu() {
  const me = useLive((state) => state.me);
  const choice = useTheme((state) => state.choice);
  const navigate = useNavigate();
  const leave = async () => {
    const left = await client.call('identity.signOut');
    if (!left.ok) {
      toastRefusal('You are still signed in', left.refusal);
      return;
    }
    stopLive();
    useLive.setState({ phase: 'signed-out', me: null });
    void navigate({ to: '/sign-in' });
  };
  if (!me) return null;
  const theme = (key: typeof choice, label: string, icon: React.ReactNode) => ({
    key,
    label,
    icon,
    isOn: choice === key,
    onSelect: () => chooseTheme(key),
  });
  return (
    <Menu
      label={`${me.name}, ${me.role}`}
      align="end"
      items={[
        {
          key: 'me',
          label: me.name,
          hint: me.role === me.name ? undefined : me.role,
          isDisabled: true,
          onSelect: () => undefined,
        },
        'line',
        theme('system', 'Theme of the system', <Monitor />),
        theme('light', 'Light', <Sun />),
        theme('dark', 'Dark', <Moon />),
        'line',
        {
          key: 'keys',
          label: 'Keys',
          hint: '?',
          icon: <Keyboard />,
          onSelect: () => useShellUi.setState({ isKeySheetOpen: true }),
        },
        { key: 'leave', label: 'Sign out', icon: <LogOut />, onSelect: () => void leave() },
      ]}
      trigger={
        <button type="button" className={styles.me} aria-label={`${me.name}: theme, keys, sign out`}>
          <Avatar name={me.name} size={24} />
        </button>
      }
    />
  );
}
