import { Module } from '@nestjs/common';
import { MoneyOfAllCamps } from './camp-money.js';
import { CampController } from './camp.controller.js';
import { CampService } from './camp.service.js';
import { PersonalLinks } from './personal-links.service.js';
import { PublicCampService } from './public-camp.service.js';

/** The camps themselves: what operators set, and what everybody may see of one. */
@Module({
  controllers: [CampController],
  providers: [CampService, MoneyOfAllCamps, PersonalLinks, PublicCampService],
  exports: [CampService, MoneyOfAllCamps, PublicCampService],
})
export class CampModule {}
