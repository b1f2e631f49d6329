#include "common/Json.h"
#include "host/base/JournalApi.h"
#include "host/base/KeyRotation.h"
#include "host/ctl/Commands.h"
#include "host/ctl/Context.h"
#include "host/ctl/Direct.h"

#include <Poco/JSON/Parser.h>

namespace host::ctl {

namespace {

using Poco::JSON::Object;

/// "42:9f86…" as verify prints the head.
std::optional<std::pair<std::string, std::string>> anchorOf(const Arguments& arguments) {
    const auto text = arguments.value("head");
    if (!text) return std::nullopt;
    const auto colon = text->find(':');
    const std::string row = text->substr(0, colon);
    const bool number = !row.empty() && row.size() <= 18 && row.find_first_not_of("0123456789") == std::string::npos;
    if (!number || colon == std::string::npos || text->size() - colon - 1 != 64)
        throw UsageError(
            fmt::format("'{}' is not a head; give ROW:HASH as an earlier 'journal verify' printed it.", *text));
    return std::pair(row, text->substr(colon + 1));
}

Object::Ptr proofOf(Context& context, const Arguments& arguments) {
    const auto anchor = anchorOf(arguments);
    if (!arguments.has("direct")) {
        const std::string query = anchor ? "?row=" + anchor->first + "&hash=" + anchor->second : std::string();
        return context.rest().get("/api/v1/journal/verify" + query).object();
    }
    std::optional<base::JournalAnchor> noted;
    if (anchor) noted = base::JournalAnchor{std::stoll(anchor->first), anchor->second};
    DirectDatabase direct(arguments);
    const auto text = base::toJson(base::verifyJournal(direct.database(), noted));
    return Poco::JSON::Parser().parse(text).extract<Object::Ptr>();
}

int verifyJournal(Context& context, const Arguments& arguments) {
    auto proof = proofOf(context, arguments);
    const bool whole = proof->getValue<bool>("whole");
    if (context.wantsJson()) {
        context.print(*proof);
        return whole ? kOk : kRefused;
    }
    auto head = proof->getObject("head");
    const auto row = head->getValue<std::string>("row");
    if (whole) {
        std::cout << fmt::format("The journal is whole: {} rows. Its head, to be noted elsewhere: {}:{}\n",
                                 shown(proof->get("rows")), row, head->getValue<std::string>("hash"));
        return kOk;
    }
    for (const auto& one : *proof->getArray("problems")) {
        auto problem = one.extract<Object::Ptr>();
        std::cout << fmt::format("{}: row {} {}\n", shown(problem->get("kind")), shown(problem->get("row")),
                                 shown(problem->get("detail")));
    }
    std::cerr << fmt::format(
        "lmsctl: the journal is not as the server wrote it, in {} places. Keep a copy of the database as it is, "
        "compare "
        "it with a backup, and find out who could write to the file.\n",
        shown(proof->get("problemCount")));
    return kRefused;
}

int rotateSecrets(Context& context, const Arguments& arguments) {
    DirectDatabase direct(arguments);
    base::RotationPlan plan;
    if (auto key = arguments.value("key")) {
        plan.file = std::filesystem::absolute(*key);
    } else {
        try {
            plan.file = direct.keyFile();
        } catch (const sdk::AppError&) {
            throw UsageError(
                "The key is a credential that systemd hands to lmsd; name the file it comes from, as LoadCredential of "
                "the unit does: --key /etc/lmsd/secrets.key.");
        }
    }
    if (auto to = arguments.value("to")) plan.to = std::filesystem::absolute(*to);
    plan.files = [&](const std::function<void()>& work) { direct.asStarter(work); };
    const auto done = base::rotateKey(direct.database(), direct.clock(), plan);
    direct.database().checkpoint();  // what the old key sealed leaves the write-ahead log as well
    base::JournalStore(direct.database(), direct.clock())
        .append({"", "lmsctl", "", "secrets.key-rotated", "secrets",
                 common::JsonWriter()
                     .object()
                     .member("from", done.from)
                     .member("to", done.to)
                     .member("secrets", done.secrets)
                     .end()
                     .take(),
                 ""});
    if (context.wantsJson()) {
        std::cout << common::JsonWriter()
                         .object()
                         .member("from", done.from)
                         .member("to", done.to)
                         .member("secrets", done.secrets)
                         .member("resumed", done.resumed)
                         .end()
                         .text()
                  << "\n";
        return kOk;
    }
    if (done.resumed) context.say("An earlier rotation had been stopped half way; it is finished now.");
    context.say(fmt::format("{} secrets are sealed with key {} now; key {} opens none of them any more.", done.secrets,
                            done.to, done.from));
    context.say(plan.to ? fmt::format("Set secrets.key_file to '{}', or have the unit load it, before lmsd starts.",
                                      plan.to->string())
                        : fmt::format("The new key is in '{}': copy it to where you keep it.", plan.file.string()));
    context.say("Backups of the database made before need the key they were made with.");
    return kOk;
}

}  // namespace

std::vector<Command> securityCommands() {
    return {
        {{"journal", "verify"},
         {},
         "Proves by its chain of hashes that no row of the journal was changed, removed or put in",
         {{"head", "ROW:HASH", "a head that was noted earlier: the row must still have that hash"},
          kDirectOption,
          kConfigOption},
         verifyJournal},
        {{"secrets", "rotate"},
         {},
         "Seals the stored secrets with a new key, while lmsd does not run",
         {{"key", "FILE", "the key in use (else secrets.key_file of the configuration)"},
          {"to", "FILE", "the new key: taken from this file, or made there; else it replaces the old one"},
          kDirectOption,
          kConfigOption},
         rotateSecrets},
    };
}

}  // namespace host::ctl
