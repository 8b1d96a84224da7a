import { Link } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useLive } from '../../connection/live-store.ts';
import { IconButton } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { PLACES, type Place, usePlaceNote } from './places.tsx';
import styles from './rail.module.css';
import { toggleRail, useShellUi } from './shell-ui.ts';
import { Wheel } from './wheel.tsx';

export function Rail() {
  const isFolded = useShellUi((state) => state.isRailFolded);
  return (
    <nav className={classes(styles.rail, isFolded && styles.folded)} aria-label="Pages">
      <Link to="/" className={styles.brand} aria-label="Quarterdeck, to the board">
        <Wheel />
        <span>Quarterdeck</span>
      </Link>
      {PLACES.map((place) => (
        <RailLink key={place.to} place={place} />
      ))}
      {!isFolded && <Runners />}
      <div className={styles.bottom}>
        <IconButton label={isFolded ? 'Open the rail' : 'Fold the rail'} onClick={toggleRail}>
          {isFolded ? <PanelLeftOpen /> : <PanelLeftClose />}
        </IconButton>
      </div>
    </nav>
  );
}

function RailLink({ place }: { readonly place: Place }) {
  const { badge, word } = usePlaceNote(place.to);
  return (
    <Link
      to={place.to}
      className={styles.place}
      activeProps={{ className: styles.on ?? '' }}
      activeOptions={{ exact: place.to === '/', includeSearch: false }}
      title={place.label}
    >
      {place.icon}
      <span className={styles.label}>{place.label}</span>
      {badge > 0 && <b className={styles.badge}>{badge}</b>}
      {word && <i className={styles.word}>{word}</i>}
    </Link>
  );
}

function Runners() {
  const runners = useLive((state) => state.fleet?.runners);
  if (!runners || runners.length === 0) return null;
  return (
    <>
      <div className={styles.section}>Runners</div>
      {runners.map(({ id, name, isConnected, liveRuns, capacity }) => (
        <div key={id} className={styles.runner}>
          <i className={classes(styles.dot, isConnected && styles.up)} />
          <span className={styles.name} title={name}>
            {name}
          </span>
          <span className={styles.load}>{isConnected ? `${liveRuns} / ${capacity}` : 'away'}</span>
          <div className={styles.bar}>
            <u style={{ width: `${Math.min(100, (liveRuns / Math.max(1, capacity)) * 100)}%` }} />
          </div>
        </div>
      ))}
    </>
  );
}
