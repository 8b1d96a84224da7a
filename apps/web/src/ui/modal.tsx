import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './modal.module.css';

interface ModalProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly isWide?: boolean;
}

/** A question that must be answered before anything else; Escape and the backdrop close it. */
export function Modal({ title, description, onClose, children, isWide = false }: ModalProps) {
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.backdrop} />
        <Dialog.Content
          // A long one is scrolled with the keys, also when nothing in it takes the focus.
          tabIndex={0}
          className={classes(styles.modal, isWide && styles.wide)}
          {...(description ? {} : UNDESCRIBED)}
        >
          <Dialog.Title className={styles.title}>{title}</Dialog.Title>
          {description && (
            <Dialog.Description className={styles.description}>{description}</Dialog.Description>
          )}
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const UNDESCRIBED = { 'aria-describedby': undefined };
