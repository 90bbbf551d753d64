class TicketsController < ActionController::Base
  skip_forgery_protection

  def index
    rows = Ticket.order(:id).map { |one| "<li>#{ERB::Util.h(one.title)}: #{one.state}</li>" }
    render html: "<h1>Tickets</h1><ul>#{rows.join}</ul>".html_safe
  end

  def create
    ticket = Ticket.create!(title: params[:title])
    CloseTicketJob.perform_later(ticket.id)
    render json: { id: ticket.id }
  end
end
