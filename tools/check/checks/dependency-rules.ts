import type { IRegularForbiddenRuleType } from 'dependency-cruiser';

const TEST_SUPPORT = ['^packages/testkit/', '^(apps|packages)/.*/(testing|fixtures)/'];
const TEST_CODE = ['\\.(test|suite)\\.tsx?$', '^(e2e|bench|tools)/', ...TEST_SUPPORT];
const COMPOSITION_ROOTS = '^apps/(server|runner)/';
const OUR_CODE = '^(apps|packages|bench|e2e)/';

function forbid(
  name: string,
  comment: string,
  rule: Pick<IRegularForbiddenRuleType, 'from' | 'to'>,
): IRegularForbiddenRuleType {
  return { name, comment, severity: 'error', ...rule };
}

/** The layers: apps → adapters → core use cases → core domain → contract (docs/architecture.md). */
export const DEPENDENCY_RULES: readonly IRegularForbiddenRuleType[] = [
  forbid('no-cycles', 'files that need each other are one file, or two and a third', {
    from: {},
    to: { circular: true },
  }),
  forbid('resolvable', 'an import that leads nowhere hides every other rule', {
    from: {},
    to: { couldNotResolve: true },
  }),
  forbid('contract-is-a-leaf', 'the contract needs zod and nothing else, it runs in the browser too', {
    from: { path: '^packages/contract/src/', pathNot: TEST_CODE },
    to: { pathNot: ['^packages/contract/src/', '^node_modules/zod/'] },
  }),
  forbid(
    'core-stays-pure',
    'the core imports only itself and the contract; what it needs comes in through a port',
    {
      from: { path: '^packages/core/src/', pathNot: TEST_CODE },
      to: { pathNot: '^packages/(core|contract)/src/' },
    },
  ),
  forbid('domain-decides-alone', 'a domain decision imports its own domain and the contract', {
    from: { path: '^packages/core/src/([^/]+)/domain/', pathNot: TEST_CODE },
    to: { pathNot: ['^packages/core/src/$1/domain/', '^packages/contract/src/'] },
  }),
  forbid('feature-face', 'one feature reaches another only through its index.ts', {
    from: { path: '^packages/core/src/([^/]+)/' },
    to: {
      path: '^packages/core/src/[^/]+/',
      pathNot: ['^packages/core/src/$1/', '^packages/core/src/[^/]+/index\\.ts$'],
    },
  }),
  forbid('adapters-know-only-core', 'an adapter imports the contract, the core and itself', {
    from: { path: '^packages/(store|agent)/', pathNot: TEST_CODE },
    to: { path: OUR_CODE, pathNot: '^packages/($1|contract|core)/' },
  }),
  forbid('adapters-are-composed', 'only the composition roots import adapters', {
    from: { pathNot: [...TEST_CODE, COMPOSITION_ROOTS, '^packages/(store|agent)/'] },
    to: { path: '^packages/(store|agent)/' },
  }),
  forbid('clients-know-only-the-contract', 'web, tui and cli talk through the contract and the client', {
    from: { path: '^apps/(web|tui|cli)/', pathNot: TEST_CODE },
    to: { path: OUR_CODE, pathNot: ['^apps/$1/', '^packages/(contract|client)/'] },
  }),
  forbid('client-knows-only-the-contract', 'the typed client is inferred from the contract', {
    from: { path: '^packages/client/', pathNot: TEST_CODE },
    to: { path: OUR_CODE, pathNot: '^packages/(client|contract)/' },
  }),
  forbid('apps-are-apart', 'one program never imports another', {
    from: { path: '^apps/([^/]+)/', pathNot: TEST_CODE },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  }),
  forbid('no-testkit-in-product', 'what users run holds no fakes', {
    from: { path: OUR_CODE, pathNot: [...TEST_CODE, '\\.config\\.ts$'] },
    to: { path: TEST_SUPPORT },
  }),
  forbid('product-needs-no-dev-packages', '`npm start` installs without development packages', {
    from: { path: '^(apps|packages)/', pathNot: TEST_CODE },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^packages/' },
  }),
];
