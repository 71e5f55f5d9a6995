import { Entity, PrimaryColumn } from 'typeorm';

@Entity('pay_bill')
export class PayBill {
  @PrimaryColumn('text')
  gateway: string;

  @PrimaryColumn('date')
  day: string;
}
