#include "plugin/identities/UntiReasons.h"

namespace plugin::identities::reasons {

const UntiReason kOtherStatus{"other-status", "Заявка не одобрена.",
                              "Дождитесь одобрения заявки или загрузите список заново с anyStatus=true."};
const UntiReason kNoUntiId{"no-unti-id", "В строке нет unti_id.",
                           "Возьмите список из личного кабинета Университета 20.35 заново."};
const UntiReason kBadUntiId{"bad-unti-id", "unti_id в строке записан неверно.",
                            "unti_id состоит только из цифр и не начинается с нуля."};
const UntiReason kLostDigits{"lost-digits", "unti_id записан числом, и часть цифр потеряна.",
                             "Сохраните столбец с unti_id как текст."};
const UntiReason kNoFlowId{"no-flow-id", "В строке нет идентификатора потока.",
                           "Возьмите список из личного кабинета Университета 20.35 заново."};
const UntiReason kUnknownFlow{"unknown-flow", "Потока с таким идентификатором Университета 20.35 здесь нет.",
                              "Укажите идентификатор Университета 20.35 в карточке потока."};
const UntiReason kOtherCourse{"other-course", "Поток с этим идентификатором относится к программе с другим ID курса.",
                              "Сверьте идентификаторы программы и потока с личным кабинетом Университета 20.35."};
const UntiReason kEmptyCell{"empty-cell", "В строке не заполнен столбец, по которому ищется слушатель.",
                            "Заполните ячейку или выберите другие столбцы."};
const UntiReason kKeyLostDigits{"key-lost-digits",
                                "Значение, по которому ищется слушатель, записано числом, и часть цифр потеряна.",
                                "Сохраните этот столбец как текст."};
const UntiReason kNoLearner{"no-learner", "На поток не зачислен слушатель с такими данными.",
                            "Проверьте, зачислен ли слушатель на поток и одинаково ли записаны его данные."};
const UntiReason kSeveralLearners{"several-learners", "На поток зачислено несколько слушателей с такими данными.",
                                  "Выберите столбцы, которые их различают, или внесите unti_id в карточку слушателя."};
const UntiReason kHasAnother{"has-another", "У слушателя уже указан другой unti_id.",
                             "Проверьте, какой верен; чтобы заменить, укажите строку в overwrite."};
const UntiReason kTaken{"taken", "Этот unti_id уже указан у другого слушателя.",
                        "Проверьте, чей это unti_id, и исправьте карточку слушателя, у которого он указан по ошибке."};
const UntiReason kTwoUntiIds{"two-unti-ids", "В списке у этого слушателя разные unti_id.",
                             "Проверьте в личном кабинете Университета 20.35, какой верен."};
const UntiReason kTwoLearners{"two-learners", "В списке этот unti_id подходит разным слушателям.",
                              "Проверьте, не заведён ли один человек дважды."};
const UntiReason kRepeated{"repeated", "Тот же слушатель с тем же unti_id уже есть в списке выше.",
                           "Ничего делать не нужно."};
const UntiReason kChangedMeanwhile{"changed-meanwhile", "unti_id слушателя изменился после просмотра списка.",
                                   "Загрузите список заново."};
const UntiReason kLearnerGone{"learner-gone", "Слушателя больше нет.",
                              "Загрузите слушателя заново или пропустите строку."};
const UntiReason kSourceChanged{"changed-since", "После загрузки списка unti_id слушателя изменился: отменять нечего.",
                                "Если нужен другой unti_id, внесите его в карточку слушателя."};
const UntiReason kTakenMeanwhile{"previous-taken", "Прежний unti_id слушателя теперь указан у другого.",
                                 "Проверьте, чей это unti_id, и исправьте карточки слушателей."};
const UntiReason kSourceDiffers{"source-differs", "Источник даёт другой unti_id, чем подтвердил человек.",
                                "Проверьте, какой верен, и исправьте его в источнике или загрузите список заново."};
const UntiReason kHeldByAnother{"held-by-another", "Тот же unti_id источник даёт другому слушателю.",
                                "Проверьте, чей это unti_id и не заведён ли один человек дважды."};

}  // namespace plugin::identities::reasons
