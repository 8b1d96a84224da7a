import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import styles from './menu.module.css';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly hint?: string | undefined;
  readonly isOn?: boolean;
  readonly isDisabled?: boolean;
  readonly onSelect: () => void;
}

type Items = readonly (MenuItem | 'line')[];

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode;
  readonly label: string;
  /** A function is asked when the menu opens: for choices that are dear to find. */
  readonly items: Items | (() => Items);
  readonly align?: 'start' | 'end';
}

/** A menu of choices under a button. */
export function Menu({ trigger, label, items, align = 'start' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={styles.menu}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          loop
        >
          <MenuRows items={items} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuRows({ items }: Pick<MenuProps, 'items'>) {
  const rows = typeof items === 'function' ? items() : items;
  return rows.map((item, index) =>
    item === 'line' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity of their own and never move
      <DropdownMenu.Separator key={`line-${index}`} className={styles.line} />
    ) : (
      <MenuRow key={item.key} item={item} />
    ),
  );
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  return (
    <DropdownMenu.Item className={styles.item} disabled={item.isDisabled ?? false} onSelect={item.onSelect}>
      <span className={styles.icon}>{item.icon}</span>
      <span className={styles.label}>{item.label}</span>
      {item.hint && <span className={styles.hint}>{item.hint}</span>}
      {item.isOn && (
        <span className={styles.on} role="img" aria-label="chosen">
          ✓
        </span>
      )}
    </DropdownMenu.Item>
  );
}
