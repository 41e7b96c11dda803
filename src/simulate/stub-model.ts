import { evaluateCondition, isConditionable } from './conditions';
import { ModelAnswer, type ModelAnswerOptions } from './model-answer';
import { utf8 } from '../spec/utf8';

/** A call of a model, as the router makes it. */
export interface ModelRequest {
  /** Where the call goes. */
  readonly url: string;

  /** The name of the step's node. */
  readonly node: string;

  /** The step's name, or its index in the node where it has none. */
  readonly step: string;

  /** The body, as text. */
  readonly body: string;

  /** The headers that the router sets, canonical name to values. */
  readonly headers: { [name: string]: string[] };

  /** How often this model was called before in this simulator: 0 for the first call. */
  readonly callIndex: number;
}

/** What answers in a model's place. Take one of the ready ones, or extend this class. */
export abstract class StubModel {
  /** Answers every call with this JSON object or list. */
  public static json(body: object, options: ModelAnswerOptions = {}): StubModel {
    return new SequenceModel([ModelAnswer.json(body, options)]);
  }

  /** Answers every call with this text, JSON or not. */
  public static text(body: string, options: ModelAnswerOptions = {}): StubModel {
    return new SequenceModel([ModelAnswer.text(body, options)]);
  }

  /** Nothing listens there. */
  public static unreachable(): StubModel {
    return new SequenceModel([ModelAnswer.unreachable()]);
  }

  /**
   * Answers one after another; the last again and again.
   * @throws when there is no answer
   */
  public static sequence(answers: ModelAnswer[]): StubModel {
    return new SequenceModel(answers);
  }

  /** Answers by what the request holds: the first condition that its body meets decides. */
  public static matching(): MatchingStubModel {
    return new MatchingStubModel();
  }

  /** What the model answers to this request. */
  public abstract answer(request: ModelRequest): ModelAnswer;
}

/** Answers by conditions on the request; made by `StubModel.matching()`. */
export class MatchingStubModel extends StubModel {
  private readonly cases: { condition: string; answer: ModelAnswer }[] = [];
  private fallback?: ModelAnswer;

  /**
   * Answers so where the GJSON path exists in the request, as a Switch would test it.
   * @param condition a GJSON path, such as `instances.#(kind=="dog")`
   */
  public when(condition: string, answer: ModelAnswer): MatchingStubModel {
    this.cases.push({ condition, answer });
    return this;
  }

  /** Answers so where no condition is met. */
  public otherwise(answer: ModelAnswer): MatchingStubModel {
    this.fallback = answer;
    return this;
  }

  public answer(request: ModelRequest): ModelAnswer {
    const body = utf8(request.body);
    const matching = isConditionable(body) ? this.cases.find(({ condition }) => evaluateCondition(body, condition)) : undefined;
    const answer = matching?.answer ?? this.fallback;
    if (!answer) {
      throw new Error(`the stub model of step '${request.step}' in node '${request.node}' has no answer to this request, got ${request.body === '' ? 'an empty body' : brief(request.body)}: add a case with when(), or otherwise()`);
    }
    return answer;
  }
}

class SequenceModel extends StubModel {
  private readonly answers: readonly ModelAnswer[];

  public constructor(answers: readonly ModelAnswer[]) {
    super();
    if (answers.length === 0) throw new Error('a sequence of answers needs at least one, got none: give a ModelAnswer');
    this.answers = [...answers];
  }

  public answer(request: ModelRequest): ModelAnswer {
    return this.answers[Math.min(request.callIndex, this.answers.length - 1)];
  }
}

function brief(body: string): string {
  return body.length > 200 ? `${body.slice(0, 200)}…` : body;
}
