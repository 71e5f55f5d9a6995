import { Id, IdText, Text, says } from '@yajin/server';
import { IsBase64, IsBoolean } from 'class-validator';

/** A file of 700 kB; a body may have 1 MB. */
const MAX_BASE64 = 933_336;

export class PreviewCheckinUploadDto {
  @Id()
  campId: number;

  @Text({ max: 200 })
  fileName: string;

  @IsBase64({}, says('not_base64'))
  @Text({ max: MAX_BASE64 })
  content: string;
}

export class ApplyCheckinUploadDto {
  @IsBoolean(says('not_boolean'))
  closes: boolean;
}

export class CheckinUploadQuery {
  @IdText()
  campId: number;
}

export class CheckinUploadParam {
  @IdText()
  id: number;
}
