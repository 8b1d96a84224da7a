import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'small' | 'normal';
  /** The key that does the same, drawn at the end by the style, because it is no part of the button's name. */
  readonly shortcut?: string | undefined;
}

export function Button({
  look = 'plain',
  size = 'normal',
  shortcut,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={classes(styles.button, styles[look], size === 'small' && styles.small, className)}
      {...rest}
    >
      {children}
      {shortcut && <span className={styles.key} aria-hidden="true" data-key={shortcut} />}
    </button>
  );
}

/** A button that shows only an icon; its label is its name and its tooltip. */
export function IconButton({
  label,
  className,
  ...rest
}: ComponentProps<'button'> & { readonly label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classes(styles.icon, className)}
      {...rest}
    />
  );
}
