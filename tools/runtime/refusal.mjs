/** Something the person at the terminal can put right: its message is shown without a stack. */
export class Refusal extends Error {}

/**
 * Runs an entry point and turns a refusal into one message and exit code 1. A bug keeps its stack.
 * @param {() => Promise<number>} main resolves to the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Refusal ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
