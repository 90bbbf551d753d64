class Ticket < ActiveRecord::Base
end
