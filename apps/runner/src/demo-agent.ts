import { runDemoAgent } from '@quarterdeck/agent/demo/run-demo-agent';

await runDemoAgent(process.env);
