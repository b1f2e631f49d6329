// SsoApi: personal links. A link is for one learner of one organization and contour, serves until it is used, withdrawn
// or too old, and is shown once: only its hash is kept.

#include "common/Cursor.h"
#include "common/JsonReader.h"
#include "plugin/api/SsoApi.h"
#include "plugin/api/SsoRedirect.h"
#include "plugin/api/SsoView.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

namespace plugin::api {

using host::sdk::AppError;
using host::sdk::Learner;
using host::sdk::Method;
using host::sdk::RecordId;
using host::sdk::Request;
using host::sdk::Response;

namespace {

constexpr std::int64_t kHours = 168;
constexpr std::int64_t kMostHours = 2160;
constexpr std::size_t kMostLinks = 5000;
constexpr std::size_t kMostExternal = 500;
constexpr host::sdk::Micros kHour = 3'600'000'000LL;

struct Skipped {
    std::string learner;
    const char* code;
    const char* reasonRu;
    const char* reasonEn;
};
constexpr const char* kNoneRu = "Такого слушателя здесь нет.";
constexpr const char* kNoneEn = "There is no such learner here.";

std::string nameOf(const Learner& learner) {
    std::string name = learner.lastName;
    for (const auto* part : {&learner.firstName, &learner.middleName})
        if (!part->empty()) name += (name.empty() ? "" : " ") + *part;
    return name;
}

std::optional<RecordId> idOf(const std::string& text) {
    RecordId id = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, fault] = std::from_chars(text.data(), end, id);
    return fault == std::errc() && rest == end && id > 0 ? std::optional(id) : std::nullopt;
}

}  // namespace

void SsoApi::addLinks(host::sdk::Router& router, std::vector<host::sdk::Registration>& kept) {
    const auto add = [&](Method method, const std::string& path, std::uint64_t maxBody, host::sdk::Operation operation,
                         Response (SsoApi::*handler)(const Request&)) {
        host::sdk::RouteOptions options;
        options.least = host::sdk::Role::OrganizationAdmin;
        options.maxBody = maxBody;
        options.operation = std::move(operation);
        kept.push_back(router.add(method, under("/sso/links" + path), std::move(options),
                                  [this, handler](const Request& request) { return (this->*handler)(request); }));
    };
    add(Method::Post, "", 512U * 1024,
        {.id = "makeSsoLinks",
         .tag = "SSO",
         .summary = "Личные ссылки для входа через Университет 20.35 · Personal links for learners",
         .description =
             "For learners by id, by the source's own id, or for everybody enrolled in a flow. A platform asks "
             "with its token and shows the learner the link. A learner's earlier open link of the contour is "
             "withdrawn. With `unlink` the learner may also take back what signing in wrote, as long as the link "
             "serves (`POST /u2035/sso/unlink`); with `again` links are made for who has an unti_id too. `Accept: "
             "text/csv` gives the links as a table. Each is shown this once.",
         .requestSchema = kSsoLinksWriteSchema,
         .requestExample = kSsoLinksWriteExample,
         .responseSchema = kSsoMadeSchema,
         .responseExample = kSsoMadeExample,
         .successStatus = 201},
        &SsoApi::makeLinks);
    add(Method::Get, "", 0,
        {.id = "listSsoLinks",
         .tag = "SSO",
         .summary = "Выданные ссылки · Links that were made, the latest first",
         .responseSchema = listSchema(kSsoLinkSchema),
         .responseExample = fmt::format(R"({{"items":[{}],"next":null}})", kSsoLinkExample),
         .queryParameters = {{"learner", "id of a learner"},
                             {"limit", "at most 1000"},
                             {"cursor", "`next` of the page before"}}},
        &SsoApi::links);
    add(Method::Delete, "/{link}", 0,
        {.id = "revokeSsoLink", .tag = "SSO", .summary = "Отозвать ссылку · Withdraw a link", .successStatus = 204},
        &SsoApi::revokeLink);
}

Response SsoApi::makeLinks(const Request& request) {
    const auto& organization = request.parameter("org");
    common::JsonReader in(common::parseJsonObject(request.body));
    const auto contour = in.text("contour", 20).value_or("production");
    if (contour != "production" && contour != "test")
        in.wrong("contour", "is no contour", "Give \"production\" or \"test\".");
    const auto ids = in.texts("learners", kMostLinks);
    const auto externalIds = in.texts("externalIds", kMostExternal);
    const auto flow = in.text("flow", 20);
    const auto hours = in.integer("hours", 1, kMostHours).value_or(kHours);
    const bool again = in.boolean("again").value_or(false);
    const bool unlink = in.boolean("unlink").value_or(false);
    if (ids.has_value() + externalIds.has_value() + flow.has_value() != 1)
        in.wrong("", "must name learners in exactly one way", "Give one of 'learners', 'externalIds' and 'flow'.");
    if (flow && !idOf(*flow)) in.wrong("flow", "is not an id", "Give the id as the API shows it.");
    in.refuseUnknown();
    in.finish("The links can't be made");
    const auto client = configured(organization, contour);

    std::vector<Learner> learners;
    std::vector<Skipped> skipped;
    const auto take = [&](const std::string& named, std::optional<Learner> learner) {
        const bool test = contour == "test";
        if (!learner || learner->deleted)
            skipped.push_back({named, "no-learner", kNoneRu, kNoneEn});
        else if (!again && !(test ? learner->testUntiId : learner->untiId).empty())
            skipped.push_back(
                {named, "has-unti-id", "У слушателя уже есть unti_id.", "The learner has an unti_id already."});
        else
            learners.push_back(std::move(*learner));
    };
    if (flow) {
        const auto all = parts_.records.learners(organization, *idOf(*flow));
        if (all.size() > kMostLinks)
            throw AppError(422, "sso.too-many",
                           fmt::format("A flow of more than {} learners is too much at once; give "
                                       "learners' ids piece by piece.",
                                       kMostLinks));
        for (const auto& one : all) take(std::to_string(one.id), one);
    }
    for (const auto& text : ids.value_or(std::vector<std::string>{})) {
        const auto id = idOf(text);
        take(text, id ? parts_.records.learner(organization, *id) : std::nullopt);
    }
    if (externalIds) {
        const auto found = learnersByExternalId(organization, *externalIds);
        for (const auto& text : *externalIds) {
            const auto it = found.find(text);
            take(text, it == found.end() ? std::nullopt : std::optional(it->second));
        }
    }

    std::vector<store::SsoLink> links;
    std::vector<std::string> tokens;
    const auto expires = parts_.clock.now() + hours * kHour;
    for (const auto& learner : learners) {
        store::SsoLink link;
        link.organization = organization;
        link.contour = contour;
        link.learnerId = learner.id;
        link.createdBy = request.principal.login;
        link.expiresAt = expires;
        link.mayUnlink = unlink;
        links.push_back(std::move(link));
        tokens.push_back(store::ssoToken());
    }
    links = parts_.store.addLinks(std::move(links), tokens);
    note(request, "sso.links-made", "sso/links",
         fmt::format(R"({{"contour":"{}","links":{},"skipped":{},"unlink":{}}})", contour, links.size(), skipped.size(),
                     unlink));

    const bool russian = request.language == "ru";
    if (wantsCsv(request)) {
        CsvText csv;
        for (const auto* name : {"learner", "learnerExternalId", "name", "email", "url", "expiresAt", "reason"})
            csv.cell(name);
        csv.endRow();
        for (std::size_t i = 0; i < links.size(); ++i) {
            csv.cell(learners[i].id).cell(learners[i].externalId).cell(nameOf(learners[i])).cell(learners[i].email);
            csv.cell(ssoLinkUrl(client, tokens[i])).time(links[i].expiresAt).cell("").endRow();
        }
        for (const auto& one : skipped) {
            csv.cell(one.learner).cell("").cell("").cell("").cell("").cell("");
            csv.cell(russian ? one.reasonRu : one.reasonEn).endRow();
        }
        auto response = csvPage(request, csv, "sso-links.csv", std::nullopt);
        response.status = 201;
        return response;
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (std::size_t i = 0; i < links.size(); ++i)
        json.object()
            .member("id", std::to_string(links[i].id))
            .member("learner", std::to_string(learners[i].id))
            .member("learnerExternalId", learners[i].externalId)
            .member("name", nameOf(learners[i]))
            .member("url", ssoLinkUrl(client, tokens[i]))
            .timeMember("expiresAt", links[i].expiresAt)
            .end();
    json.end().key("skipped").array();
    for (const auto& one : skipped)
        json.object()
            .member("learner", one.learner)
            .member("code", one.code)
            .member("reason", russian ? one.reasonRu : one.reasonEn)
            .end();
    json.end().end();
    return Response::json(json.take(), 201);
}

/// The SDK finds learners by a part of what they are called; those whose own id is exactly this one are wanted.
std::map<std::string, Learner> SsoApi::learnersByExternalId(const std::string& organization,
                                                            const std::vector<std::string>& externalIds) {
    constexpr std::size_t kLook = 1000;
    std::map<std::string, Learner> found;
    for (const auto& wanted : externalIds) {
        RecordId after = 0;
        for (bool more = !wanted.empty(); more;) {
            const auto ids = parts_.recordNames.learnersLike(organization, wanted, after, kLook);
            more = ids.size() == kLook;
            for (const auto id : ids) {
                after = id;
                const auto learner = parts_.records.learner(organization, id);
                if (!learner || learner->deleted || learner->externalId != wanted) continue;
                found.emplace(wanted, *learner);
                more = false;
                break;
            }
        }
    }
    return found;
}

Response SsoApi::links(const Request& request) {
    const auto page = common::PageRequest::from(request.queryValue("cursor"), request.queryValue("limit"));
    auto links =
        parts_.store.links(request.parameter("org"), queryId(request, "learner"), page.afterNumber(), page.limit + 1);
    const auto next = page.cut(links, [](const auto& row) { return row.id; });
    const auto now = parts_.clock.now();
    if (wantsCsv(request)) {
        CsvText csv;
        writeLinkCsvHeader(csv);
        for (const auto& link : links) writeLinkCsv(csv, link, now);
        return csvPage(request, csv, "sso-links.csv", next);
    }
    common::JsonWriter json;
    json.object().key("items").array();
    for (const auto& link : links) writeLink(json, link, now);
    json.end().member("next", next).end();
    return jsonPage(json);
}

Response SsoApi::revokeLink(const Request& request) {
    const auto id = pathId(request, "link", "link");
    const auto link = parts_.store.link(request.parameter("org"), id);
    if (!link || link->learnerId == 0) throw AppError::notFound("There is no such link here.");
    if (parts_.store.revokeLink(link->organization, id))
        note(request, "sso.link-revoked", fmt::format("sso/links/{}", id));
    return Response::noContent();
}

}  // namespace plugin::api
