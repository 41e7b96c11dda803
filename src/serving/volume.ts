/**
 * Properties of an empty volume.
 */
export interface EmptyDirOptions {
  /**
   * Whether the volume is in memory, which counts as the container's memory. Model servers with several GPUs need it as `/dev/shm`.
   *
   * @default false
   */
  readonly inMemory?: boolean;

  /**
   * The most that it holds, as a quantity.
   *
   * @default - no limit
   */
  readonly sizeLimit?: string;
}

/**
 * A volume of a pod, as in Kubernetes' `v1.Volume`. Mount it with `volumeMounts`; the pod then has it.
 */
export class Volume {
  /**
   * An empty folder that lives as long as the pod.
   *
   * @param name the volume's name, unique in the pod
   * @param options where it is, and how large
   */
  public static emptyDir(name: string, options: EmptyDirOptions = {}): Volume {
    return new Volume(name, { emptyDir: { medium: options.inMemory ? 'Memory' : undefined, sizeLimit: options.sizeLimit } });
  }

  /**
   * The keys of a Secret as files.
   *
   * @param name the volume's name, unique in the pod
   * @param secretName the Secret, in the namespace of the InferenceService
   */
  public static secret(name: string, secretName: string): Volume {
    return new Volume(name, { secret: { secretName } });
  }

  /**
   * The keys of a ConfigMap as files.
   *
   * @param name the volume's name, unique in the pod
   * @param configMapName the ConfigMap, in the namespace of the InferenceService
   */
  public static configMap(name: string, configMapName: string): Volume {
    return new Volume(name, { configMap: { name: configMapName } });
  }

  /**
   * A PersistentVolumeClaim.
   *
   * @param name the volume's name, unique in the pod
   * @param claimName the claim, in the namespace of the InferenceService
   */
  public static persistentVolumeClaim(name: string, claimName: string): Volume {
    return new Volume(name, { persistentVolumeClaim: { claimName } });
  }

  private constructor(
    /** The volume's name, unique in the pod. */
    public readonly name: string,
    private readonly source: object,
  ) {}

  /** @internal */
  public _toSpec(): object {
    return { name: this.name, ...this.source };
  }
}

/**
 * Where a container sees a volume, as in Kubernetes' `v1.VolumeMount`.
 */
export interface VolumeMount {
  /** The volume. */
  readonly volume: Volume;

  /** The folder in the container, an absolute path. */
  readonly mountPath: string;

  /**
   * A path in the volume.
   *
   * @default - the volume's top
   */
  readonly subPath?: string;

  /**
   * Whether the container may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
