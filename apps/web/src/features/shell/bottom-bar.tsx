import { Link } from '@tanstack/react-router';
import styles from './bottom-bar.module.css';
import { PLACES, type Place, usePlaceNote } from './places.tsx';

/** The pages on a phone, under the thumb. */
export function BottomBar() {
  return (
    <nav className={styles.bar} aria-label="Pages">
      {PLACES.map((place) => (
        <BarLink key={place.to} place={place} />
      ))}
    </nav>
  );
}

function BarLink({ place }: { readonly place: Place }) {
  const { badge } = usePlaceNote(place.to);
  return (
    <Link
      to={place.to}
      className={styles.place}
      activeProps={{ className: styles.on ?? '' }}
      activeOptions={{ exact: place.to === '/', includeSearch: false }}
    >
      <span className={styles.icon}>
        {place.icon}
        {badge > 0 && <b>{badge}</b>}
      </span>
      {place.label}
    </Link>
  );
}
