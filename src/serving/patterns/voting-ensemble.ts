import type { Construct } from 'constructs';
import { ScriptService } from './script-service';
import type { ScriptServiceProps } from './script-service';
import { VOTER } from './scripts';
import type { InferenceGraphBase } from '../../graph/inference-graph-base';
import { Lint } from '../../graph/lint';
import { EnsembleNode } from '../../graph/nodes/ensemble-node';
import { SequenceNode } from '../../graph/nodes/sequence-node';
import { Dependency, StepData } from '../../graph/step';
import type { IInferenceTarget } from '../../graph/target';
import { ProtocolVersion } from '../protocol-version';

/**
 * Makes one v1 answer of the answers of an Ensemble: of each prediction the value that most members gave; of equals the one that came first.
 */
export class Voter extends ScriptService {
  /**
   * @param scope where the voter is defined, in or under a chart
   * @param id the construct id, which is the service's name unless `metadata.name` is set
   * @param props the service
   */
  constructor(scope: Construct, id: string, props: ScriptServiceProps = {}) {
    super(scope, id, VOTER, ProtocolVersion.V1, {}, props);
  }
}

/**
 * Properties of a `VotingEnsemble`.
 */
export interface VotingEnsembleProps {
  /** The models that vote, by the names of their steps. All speak v1. */
  readonly members: { [name: string]: IInferenceTarget };

  /** What counts the votes: a `Voter`, or a service of one's own that takes an object with an answer for each member. */
  readonly voter: IInferenceTarget;
}

/**
 * Asks several models at once, and answers what most of them said. The router alone only puts the answers side by side.
 *
 * It is a Sequence of two steps: an Ensemble `<id>-members`, and the voter.
 *
 * @example
 * const voter = new Voter(chart, 'voter');
 * new VotingEnsemble(graph, 'root', { members: { a: modelA, b: modelB, c: modelC }, voter });
 */
export class VotingEnsemble extends SequenceNode {
  /**
   * @param scope the graph
   * @param id the node's name
   * @param props who votes, and who counts
   */
  constructor(scope: InferenceGraphBase, id: string, props: VotingEnsembleProps) {
    super(scope, id);
    const members = new EnsembleNode(scope, `${id}-members`);
    Object.entries(props.members).forEach(([name, target]) => members.addStep(target, { name }));
    Lint.of(members).acknowledge('all-soft-ensemble', 'a member that fails has no vote, and the voter says so if none has');
    this.addStep(members, { name: 'members', dependency: Dependency.HARD });
    this.addStep(props.voter, { name: 'vote', data: StepData.RESPONSE });
  }
}
