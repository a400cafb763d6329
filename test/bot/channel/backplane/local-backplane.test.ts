import { buildLocalBackplane } from '../../../../bot/channel/backplane/local-backplane';
import { describeBackplane } from '../../../support/backplane-contract';

describeBackplane('one process', async () => {
  const backplane = buildLocalBackplane();
  return { replicas: [backplane], close: () => backplane.close() };
});
