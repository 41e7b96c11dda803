import { ApiObject } from 'cdk8s';
import type { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import type { IInferenceTarget, InferenceTarget } from '../../graph/target';
import type { ResourceRequirements } from '../../spec/k8s/resources';
import { InferenceService } from '../inference-service';
import { Predictor } from '../predictor';
import { Probe } from '../probe';
import { ProtocolVersion } from '../protocol-version';
import { Volume } from '../volume';

/**
 * What the small services of this package have in common.
 */
export interface ScriptServiceProps {
  /**
   * Namespace, labels and annotations of the service; its name, if it is not the construct id.
   *
   * @default - the construct id as name, the chart's namespace and labels
   */
  readonly metadata?: ApiObjectMetadata;

  /**
   * An image with Node, 18 or newer.
   *
   * @default node:22-alpine
   */
  readonly image?: string;

  /**
   * Compute resources.
   *
   * @default - a tenth of a core and 64Mi, up to one core and 128Mi
   */
  readonly resources?: ResourceRequirements;

  /**
   * The fewest replicas.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /**
   * The most replicas.
   *
   * @default - `minReplicas`
   */
  readonly maxReplicas?: number;
}

/**
 * A small service whose program is a ConfigMap, run by an image with Node. Steps can call it.
 */
export abstract class ScriptService extends Construct implements IInferenceTarget {
  /** The service. */
  public readonly service: InferenceService;

  /** How a step calls the service. */
  public readonly stepTarget: InferenceTarget;

  /**
   * @param scope where the service is defined, in or under a chart
   * @param id the construct id, which is the service's name unless `metadata.name` is set
   * @param program JavaScript
   * @param protocolVersion the protocol that it is called by
   * @param env environment variables
   * @param props the rest
   */
  protected constructor(
    scope: Construct,
    id: string,
    program: string,
    protocolVersion: ProtocolVersion,
    env: { [name: string]: string },
    props: ScriptServiceProps,
  ) {
    super(scope, id);
    const name = props.metadata?.name ?? id;
    const configMap = new ApiObject(this, 'Program', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${name}-program`, namespace: props.metadata?.namespace },
      data: { 'program.js': program },
    });
    this.service = new InferenceService(this, 'Service', {
      metadata: { ...props.metadata, name },
      predictor: Predictor.container({
        image: props.image ?? 'node:22-alpine',
        command: ['node', '/program/program.js'],
        env,
        protocolVersion,
        ports: [{ port: 8080, protocol: 'TCP' }],
        readinessProbe: Probe.httpGet('/', 8080),
        resources: props.resources ?? { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
        volumeMounts: [{ volume: Volume.configMap('program', configMap.name), mountPath: '/program', readOnly: true }],
        securityContext: { runAsUser: 1000, runAsNonRoot: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: false },
        minReplicas: props.minReplicas,
        maxReplicas: props.maxReplicas,
      }),
    });
    this.stepTarget = this.service.stepTarget;
  }
}
