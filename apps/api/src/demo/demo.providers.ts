import type { Provider, Type } from '@nestjs/common';
import { DemoActions } from './demo-actions.js';
import { DemoClock } from './demo-clock.js';
import { DemoController, DemoImagesController } from './demo.controller.js';
import { DemoData } from './demo-data.js';
import { DemoOptions } from './demo.options.js';
import { DemoReview } from './demo-review.js';
import { DemoSandbox } from './demo-sandbox.js';
import { DemoStory } from './demo-story.js';

export const demoControllers: Type[] = [DemoController, DemoImagesController];

export function demoProviders(options: DemoOptions): Provider[] {
  return [
    { provide: DemoOptions, useValue: options },
    DemoSandbox,
    DemoClock,
    DemoActions,
    DemoReview,
    DemoStory,
    DemoData,
  ];
}
