class CreateTickets < ActiveRecord::Migration[6.1]
  def change
    create_table :tickets do |t|
      t.string :title, null: false
      t.string :state, null: false, default: "open"
      t.timestamps
    end
  end
end
