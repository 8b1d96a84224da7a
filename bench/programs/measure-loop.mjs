// Loaded before every process of the program with `node --import`; it concerns the server alone. At SIGUSR2 it writes how late the
// event loop was since the last time, and begins anew.
if (process.argv[1]?.endsWith('server.mjs')) {
  const { writeFileSync } = process.getBuiltinModule('node:fs');
  const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  process.on('SIGUSR2', () => {
    const [p50, p99, max] = [delay.percentile(50) / 1e6, delay.percentile(99) / 1e6, delay.max / 1e6];
    writeFileSync(process.env.BENCH_LOOP_FILE ?? '/dev/null', JSON.stringify({ p50, p99, max }));
    delay.reset();
  });
}
