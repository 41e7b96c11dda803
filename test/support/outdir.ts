import * as os from 'os';
import * as path from 'path';

// an example app writes its manifests when a test of it is loaded: not into the project
process.env.CDK8S_OUTDIR ??= path.join(os.tmpdir(), 'cdk8s-kserve-examples');

// what is said at a terminal only would depend on who runs the tests
process.stderr.isTTY = false;
