/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
    '/@opentelemetry/otlp-exporter-base/.+\\.js$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } }, module: { type: 'commonjs' } },
    ],
  },
  // It imports Node's http only when it sends, which Jest knows of its own files alone.
  transformIgnorePatterns: ['/node_modules/(?!@opentelemetry/otlp-exporter-base/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFiles: ['<rootDir>/test/support/property-seed.ts'],
  testTimeout: 20_000,
  // By default one core is left idle, which on two cores is half of the machine.
  maxWorkers: '100%',
  // Every use of a global costs a call out of the sandbox of a test file: handed in, these cost nothing, and tests that compute run twice as fast.
  sandboxInjectedGlobals: ['Array', 'Float32Array', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Set', 'String'],
};
