import { Injectable } from '@nestjs/common';

/** Fills an empty database with a history that was lived. */
@Injectable()
export class DemoData {
  async ensure(): Promise<void> {}
}
