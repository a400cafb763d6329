// On a developer's machine every run of a property test tries other inputs. In CI the same commit must give the same result.
if (process.env.CI) {
  const fc = require('fast-check') as typeof import('fast-check');
  fc.configureGlobal({ seed: 20_261_122 });
}

export {};
