import { KeyCap } from '../../ui/key-cap.tsx';
import { MOD_KEY } from '../../ui/mod-key.ts';
import { Modal } from '../../ui/modal.tsx';
import styles from './key-sheet.module.css';
import { useShellUi } from './shell-ui.ts';

type Line = readonly [keys: readonly string[], what: string];

const SECTIONS: readonly { readonly title: string; readonly lines: readonly Line[] }[] = [
  {
    title: 'Everywhere',
    lines: [
      [[`${MOD_KEY}K`], 'Jump to a task or page'],
      [['/'], 'Search the board'],
      [['?'], 'Show these keys'],
      [['Esc'], 'Close or go back'],
    ],
  },
  {
    title: 'Board',
    lines: [
      [['C'], 'Create a task'],
      [['J', 'K'], 'Next, previous card'],
      [['H', 'L'], 'Column to the left, right'],
      [['Enter'], 'Open the card; again, to go into it'],
      [['X'], 'Select the card; Shift and click select several'],
      [['Space'], 'Lift the card, then ← → and Space'],
    ],
  },
  {
    title: 'Task and approvals',
    lines: [
      [['A'], 'Allow once'],
      [['R'], 'Reject'],
      [['1', '9'], "Pick one of the agent's own answers, first to ninth"],
      [['J', 'K'], 'Next, previous approval'],
      [[`${MOD_KEY}↵`], 'Send the message'],
      [['J', 'K', 'V'], 'Next, previous changed file; mark it as viewed'],
      [['↑', '↓', 'C'], 'Choose a changed line, remark on it'],
    ],
  },
];

export function KeySheet() {
  return (
    <Modal title="Keys" isWide onClose={() => useShellUi.setState({ isKeySheetOpen: false })}>
      <div className={styles.sections}>
        {SECTIONS.map(({ title, lines }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {lines.map(([keys, what]) => (
                <div key={what} className={styles.line}>
                  <dt>
                    {keys.map((key) => (
                      <KeyCap key={key}>{key}</KeyCap>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
