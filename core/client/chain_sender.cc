#include "core/client/chain_sender.h"

namespace mica::client {
namespace {

bool epoch_events_only(const std::vector<EventId>& events, const ChainId& admin) {
  for (const EventId& event : events) {
    if (event.chain_id != admin || event.stream_id != StreamId::new_epochs()) return false;
  }
  return true;
}

}  // namespace

// --- confirmed certificates -------------------------------------------------------------------

void ChainSender::send_confirmed(const ConfirmedBlockCertificate& certificate,
                                 bool wait_for_outgoing, InfoThen then) {
  bool knows = false;
  for (const auto& [key, signature] : certificate.signatures) knows = knows || key == validator_;
  if (!knows) return confirm_in_full(certificate, wait_for_outgoing, then);
  ask_info(validator_, {NodeRequest::HandleLiteCertificate{lite(certificate), wait_for_outgoing}},
           chain_of(certificate.value), false, kSendCertificate,
           [this, certificate, wait_for_outgoing, then](NodeResult<ChainInfo> result) {
             if (result.ok()) return then(std::move(result));
             if (result.error().as<NodeError::MissingCertificateValue>()) {
               return confirm_in_full(certificate, wait_for_outgoing, then);
             }
             confirm_again_after(result.error(), certificate, wait_for_outgoing, then);
           });
}

void ChainSender::confirm_in_full(ConfirmedBlockCertificate certificate, bool wait, InfoThen then) {
  const ChainId chain = chain_of(certificate.value);
  ask_info(validator_, {NodeRequest::HandleConfirmedCertificate{certificate, wait, true}}, chain,
           false, kSendCertificate, [this, certificate, wait, then](NodeResult<ChainInfo> result) {
             if (result.ok()) return then(std::move(result));
             confirm_again_after(result.error(), certificate, wait, then);
           });
}

void ChainSender::confirm_again_after(const NodeError& error, ConfirmedBlockCertificate certificate,
                                      bool wait, InfoThen then) {
  auto again = [this, certificate, wait, then](NodeStatus status) {
    if (!status.ok()) return then(status.error());
    confirm_in_full(certificate, wait, then);
  };
  const ChainId admin = outside().admin_chain();
  const auto* events = error.as<NodeError::EventsNotFound>();
  if (events != nullptr && !sent_admin_ && chain_of(certificate.value) != admin &&
      epoch_events_only(events->value, admin)) {
    sent_admin_ = true;
    return send_admin_chain(again);
  }
  const auto* blobs = error.as<NodeError::BlobsNotFound>();
  if (blobs != nullptr && !uploaded_) {
    uploaded_ = true;
    const std::set<BlobId> required = certificate.value.required_blob_ids();
    for (const BlobId& id : blobs->value) {
      if (!required.contains(id)) {
        return then(NodeError(NodeError::UnexpectedEntriesInBlobsNotFound{}));
      }
    }
    return upload_blobs(blobs->value, again);
  }
  then(error);
}

void ChainSender::upload_blobs(std::vector<BlobId> ids, Then then) {
  if (ids.empty()) return then(Ok{});
  const BlobId id = ids.back();
  ids.pop_back();
  local([this, id] { return worker().blob(id); },
        [this, id, ids, then](ReadAnswer<BlobContent> blob) {
          if (!blob) return then(NodeError(NodeError::BlobsNotFound{{id}}));
          ask(validator_, {NodeRequest::UploadBlob{*blob}}, kSendCertificate,
              [this, ids, then](NodeResult<NodeResponse> result) {
                if (!result.ok()) return then(result.error());
                upload_blobs(ids, then);
              });
        });
}

void ChainSender::deliver(const ConfirmedBlockCertificate& certificate, Then then) {
  const ChainId chain = chain_of(certificate.value);
  const BlockHeight height = certificate.value.header.height;
  send_confirmed(certificate, true, [this, chain, height, then](NodeResult<ChainInfo> result) {
    if (!result.ok()) return then(result.error());
    if (result->next_block_height > height) return then(Ok{});
    send_missing_range(chain, height.next(), true, then);
  });
}

// --- chains -----------------------------------------------------------------------------------

void ChainSender::send_admin_chain(Then then) {
  const ChainId admin = outside().admin_chain();
  make_flow<ChainSender>(outside(), validator_)
      ->send_chain(admin, worker().read(admin).tip().next_block_height, false,
                   held(std::move(then)));
}

void ChainSender::send_chain(const ChainId& chain, BlockHeight target, bool wait_for_outgoing,
                             Then then) {
  auto compare_rounds = [this, chain, then](NodeResult<ChainInfo> theirs) {
    if (!theirs.ok()) return then(theirs.error());
    send_round(chain, *theirs, then);
  };
  auto query = [this, chain, compare_rounds](NodeStatus status) {
    if (!status.ok()) return compare_rounds(status.error());
    ask_info(validator_, {NodeRequest::HandleChainInfoQuery{ChainInfoQuery{.chain_id = chain}}},
             chain, false, {}, compare_rounds);
  };
  if (target.height == 0) return send_user_of(description_blob_id(chain), query);
  // Often the last block is all that is missing.
  const BlockHeight last{target.height - 1};
  const auto hash = worker().read(chain).block_hash(last);
  if (!hash) return then(NodeError(NodeError::MissingCertificatesByHeights{chain, {last}}));
  local([this, hash] { return worker().certificate(*hash); },
        [=, this](ReadAnswer<ConfirmedBlockCertificate> certificate) {
          if (!certificate) return then(NodeError(NodeError::MissingCertificates{{*hash}}));
          send_confirmed(*certificate, wait_for_outgoing, [=, this](NodeResult<ChainInfo> theirs) {
            if (theirs.ok() && theirs->next_block_height >= target) return compare_rounds(theirs);
            send_missing_range(chain, target, wait_for_outgoing, query);
          });
        });
}

void ChainSender::send_missing_range(const ChainId& chain, BlockHeight target, bool wait,
                                     Then then) {
  ask_info(validator_, {NodeRequest::HandleChainInfoQuery{ChainInfoQuery{.chain_id = chain}}},
           chain, false, {}, [=, this](NodeResult<ChainInfo> theirs) {
             if (theirs.ok()) {
               return send_range(chain, theirs->next_block_height, target, wait, then);
             }
             if (!theirs.error().as<NodeError::BlobsNotFound>() &&
                 !theirs.error().as<NodeError::InactiveChain>()) {
               return then(theirs.error());
             }
             send_user_of(description_blob_id(chain),
                          [=, this](NodeStatus) { send_range(chain, {0}, target, wait, then); });
           });
}

void ChainSender::send_range(ChainId chain, BlockHeight from, BlockHeight to, bool wait,
                             Then then) {
  // Heights that we do not have are those of a chain that we only know in parts.
  const ChainReader here = worker().read(chain);
  while (from < to && !here.block_hash(from)) from = from.next();
  if (from >= to) return then(Ok{});
  const CryptoHash hash = *here.block_hash(from);
  local([this, hash] { return worker().certificate(hash); },
        [=, this](ReadAnswer<ConfirmedBlockCertificate> certificate) {
          if (!certificate) return then(NodeError(NodeError::MissingCertificates{{hash}}));
          uploaded_ = false;
          confirm_in_full(*certificate, wait, [=, this](NodeResult<ChainInfo> result) {
            if (!result.ok()) return then(result.error());
            send_range(chain, from.next(), to, wait, then);
          });
        });
}

void ChainSender::send_user_of(const BlobId& blob, Then then) {
  const auto hash = worker().last_used_by(blob);
  if (!hash) return then(Ok{});
  local([this, hash] { return worker().certificate(*hash); },
        [this, then](ReadAnswer<ConfirmedBlockCertificate> certificate) {
          if (!certificate) return then(Ok{});
          uploaded_ = false;
          confirm_in_full(*certificate, false, [then](NodeResult<ChainInfo>) { then(Ok{}); });
        });
}

// Best effort: the evidence for our later round at the same height.
void ChainSender::send_round(const ChainId& chain, const ChainInfo& theirs, Then then) {
  const ChainReader here = worker().read(chain);
  const auto manager = here.manager();
  if (!manager || here.tip().next_block_height != theirs.next_block_height ||
      manager->current_round <= theirs.manager.current_round) {
    return then(Ok{});
  }
  auto done = [then](NodeResult<ChainInfo>) { then(Ok{}); };
  // Ours may carry a lock that the first one of the round did not.
  const auto pending = outside().pending(chain);
  const auto ours = pending.ok() && *pending ? (*pending)->proposal : std::nullopt;
  for (const auto& proposal :
       {ours, manager->requested_proposed, manager->requested_signed_proposal}) {
    if (proposal && proposal->content.round == manager->current_round) {
      return ask_info(validator_, {NodeRequest::HandleBlockProposal{*proposal, true}}, chain, false,
                      kSendProposal, done);
    }
  }
  if (manager->requested_locking) {
    const auto* regular = std::get_if<LockingBlock::Regular>(&manager->requested_locking->kind);
    if (regular && regular->certificate.round == manager->current_round) {
      return ask_info(validator_, {NodeRequest::HandleValidatedCertificate{regular->certificate}},
                      chain, false, kSendCertificate, done);
    }
  }
  if (manager->timeout && manager->timeout->round >= theirs.manager.current_round) {
    return ask_info(validator_, {NodeRequest::HandleTimeoutCertificate{*manager->timeout}}, chain,
                    false, kSendCertificate, done);
  }
  then(Ok{});
}

}  // namespace mica::client
