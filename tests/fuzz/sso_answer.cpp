// What stands where University 2035's sign-in should be: its two answers, and what a browser brings back. A person
// always has an id made of digits, every failure is explained, nothing that people see holds the secret, the code or a
// token.
#include "plugin/sso/FormText.h"
#include "plugin/sso/RedirectUri.h"
#include "plugin/sso/SsoClient.h"
#include "tests/fuzz/RawAnswers.h"

using fuzz::require;
using fuzz::requireShown;
using namespace plugin::sso;

namespace {

const std::string kSecret = "s3cr3tOfTheClient";
const std::string kCode = "c0deOfThePerson";

void checkFailure(const Failure& failure, std::string_view secret) {
    requireShown(failure.detail, 400, secret);
    for (const bool russian : {true, false}) {
        const auto text = explain(failure, russian);
        require(!text.code.empty() && !text.cause.empty() && !text.fix.empty(), "every failure is explained",
                text.code);
        requireShown(text.cause, 2048, secret);
    }
}

void checkPerson(const Person& person) {
    require(!person.untiId.empty() && person.untiId.size() <= 19 && person.untiId.front() != '0' &&
                person.untiId.find_first_not_of("0123456789") == std::string::npos,
            "an unti_id is digits", person.untiId);
    require(common::countCodePoints(person.leaderId) <= 50 && common::isUtf8(person.leaderId) &&
                common::isOneLine(person.leaderId),
            "a leader_id fits its field", person.leaderId);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    switch (in.byte() % 4) {
        case 0: {
            const auto error = std::string(in.until("\n"));
            // What a browser brings may hold anything: whoever wrote the address knew it. None of ours is in play here.
            checkFailure(failureOfCallback(error, std::string(in.until("\n"))), std::string_view("\xFF"));
            return 0;
        }
        case 1: {
            const auto fields = parseForm(in.until("\n%%\n"));
            const auto again = parseForm(formText(fields));
            require(fields == again, "a form written is the form read");
            return 0;
        }
        case 2: {
            const auto given = std::string(in.until("\n"));
            const auto wanted = std::string(in.until("\n"));
            require(differences(given, {wanted, "w", "w"}).empty() == (given == wanted), "only equal texts agree",
                    given);
            for (const auto& one : faultsOf(given)) requireShown(one.reasonRu, 2048, kSecret);
            return 0;
        }
        default:
            break;
    }
    fuzz::RawAnswers http(in, "sso.example.org");
    Settings settings{"https://sso.example.org", "school", host::sdk::SecretString(kSecret), "https://lms/cb", {}};
    const auto found = SsoClient(http, settings).identify(kCode, {}, true);
    require(http.asked() <= 2, "two requests at most");
    if (found.person)
        checkPerson(*found.person);
    else
        for (const auto& ours : {kSecret, kCode}) checkFailure(found.failure, ours);
    requireShown(found.usersMe, 256 * 1024, kSecret);
    return 0;
}
