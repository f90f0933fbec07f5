export interface IntakeParts {
  /**
   * Stores the front of what has come and says how many bytes of it that was; the rest comes again with what follows.
   * `last`: nothing follows, all has to be taken.
   */
  readonly store: (bytes: Buffer, last: boolean) => Promise<number>;
  /** Bytes that are stored at a time. */
  readonly most: number;
  /** Milliseconds between two stores of less, so that a talkative program does not cause a thousand a second. */
  readonly pause: number;
  /** Bytes that may wait before the caller has to. */
  readonly room: number;
}

/** Takes bytes as they come and stores them in order, in pieces that are neither too small nor too large. */
export interface Intake {
  /** Resolves when there is room for more. Once storing has failed, this and the others reject with the reason. */
  add(bytes: Buffer): Promise<void>;
  /** Resolves when everything is stored but what is held back. */
  flush(): Promise<void>;
  /** Stores what is held back, too. */
  end(): Promise<void>;
}

export function createIntake({ store, most, pause, room }: IntakeParts): Intake {
  const waiting: Buffer[] = [];
  let size = 0;
  /** Bytes at the front that were not taken; they are offered again when others have followed. */
  let held = 0;
  let storing: Promise<void> = Promise.resolve();
  let active = false;
  let hurried = false;
  let wake = (): void => {};
  let storedAt = Number.NEGATIVE_INFINITY;
  let roomMade = Promise.withResolvers<void>();
  let failure: { readonly error: unknown } | undefined;

  const storeFront = async (last: boolean): Promise<void> => {
    const front = Buffer.concat(waiting, Math.min(size, held + most));
    const taken = await store(front, last && front.length === size);
    dropFront(waiting, taken);
    size -= taken;
    held = front.length - taken;
    storedAt = performance.now();
    if (!isFull()) makeRoom();
  };
  const makeRoom = (): void => {
    roomMade.resolve();
    roomMade = Promise.withResolvers();
  };
  const hasNew = (): boolean => size > held;
  const isFull = (): boolean => size - held >= room && failure === undefined;
  const isDue = (): boolean => hurried || size - held >= most;
  const rest = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const storeAll = async (): Promise<void> => {
    try {
      while (hasNew()) {
        const early = storedAt + pause - performance.now();
        if (early > 0 && !isDue()) await rest(early);
        await storeFront(false);
      }
    } catch (error) {
      failure = { error };
      makeRoom();
    } finally {
      active = false;
    }
  };
  const check = (): void => {
    if (failure !== undefined) throw failure.error;
  };
  const flush = async (): Promise<void> => {
    hurried = true;
    wake();
    await storing;
    hurried = false;
    check();
  };

  return {
    add: async (bytes) => {
      check();
      if (bytes.length === 0) return;
      waiting.push(bytes);
      size += bytes.length;
      if (isDue()) wake();
      if (!active) {
        active = true;
        storing = storeAll();
      }
      while (isFull()) await roomMade.promise;
      check();
    },
    flush,
    end: async () => {
      await flush();
      for (let left = size; left > 0; left = size) await storeFront(true);
    },
  };
}

function dropFront(pieces: Buffer[], length: number): void {
  let left = length;
  let whole = 0;
  for (let piece = pieces[whole]; piece !== undefined && left >= piece.length; piece = pieces[whole]) {
    left -= piece.length;
    whole++;
  }
  pieces.splice(0, whole);
  const [first] = pieces;
  if (first !== undefined) pieces[0] = first.subarray(left);
}
