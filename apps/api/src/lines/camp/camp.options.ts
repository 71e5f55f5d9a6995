import type { SettingsService } from '../../system/index.js';

/** The line's name in the kernel. */
export const LINE = 'camp';

/** What the line needs to know of its deployment. */
export class CampOptions {
  constructor(
    /** What links begin with, without a trailing slash. */
    readonly publicUrl: string,
    private readonly planetGroupId: string,
    /** Whether a personal link must carry our signature. */
    readonly signedLinksOnly: boolean,
  ) {}

  /** The planet of camps that name none: what operators say, or else what the deployment does. */
  async groupId(settings: SettingsService): Promise<string> {
    return (await settings.get('planet.groupId')) ?? this.planetGroupId;
  }

  /** The numbers around a page of a list. */
  page(query: { page: number; pageSize: number }, total: number) {
    const { page, pageSize } = query;
    return { total, page, pageSize, totalPages: Math.ceil(total / pageSize) };
  }
}
