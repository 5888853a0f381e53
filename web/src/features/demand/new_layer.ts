/** A layer that is to be laid. */
import type { DayTotalForm, UpliftForm } from "@/shared/api/contract";

export type NewLayer = UpliftForm | DayTotalForm;
