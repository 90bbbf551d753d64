class CloseTicketJob < ActiveJob::Base
  queue_as :default

  def perform(id)
    Ticket.find(id).update!(state: "closed")
  end
end
